package dev.linkspan.core.port;

import java.time.InstantSource;
import org.junit.jupiter.api.Nested;

final class InMemoryStoreTest {

    @Nested
    final class Changes extends StoreChangesContract {
        @Override
        protected Store open(InstantSource clock) {
            return new InMemoryStore(clock);
        }
    }

    @Nested
    final class Values extends StoredValuesContract {
        @Override
        protected Store open(InstantSource clock) {
            return new InMemoryStore(clock);
        }
    }

    @Nested
    final class SignIns extends StoredSignInsContract {
        @Override
        protected Store open(InstantSource clock) {
            return new InMemoryStore(clock);
        }
    }

    @Nested
    final class Keypairs extends StoredKeypairsContract {
        @Override
        protected Store open(InstantSource clock) {
            return new InMemoryStore(clock);
        }
    }

    @Nested
    final class Volumes extends StoredVolumesContract {
        @Override
        protected Store open(InstantSource clock) {
            return new InMemoryStore(clock);
        }
    }

    @Nested
    final class Hosts extends StoredHostsContract {
        @Override
        protected Store open(InstantSource clock) {
            return new InMemoryStore(clock);
        }
    }

    @Nested
    final class Exits extends StoredExitsContract {
        @Override
        protected Store open(InstantSource clock) {
            return new InMemoryStore(clock);
        }
    }

    @Nested
    final class NetworkAcls extends StoredNetworkAclsContract {
        @Override
        protected Store open(InstantSource clock) {
            return new InMemoryStore(clock);
        }
    }

    @Nested
    final class Insights extends StoredInsightsContract {
        @Override
        protected Store open(InstantSource clock) {
            return new InMemoryStore(clock);
        }
    }

    @Nested
    final class Events extends StoredEventsContract {
        @Override
        protected Store open(InstantSource clock) {
            return new InMemoryStore(clock);
        }
    }

    @Nested
    final class Peerings extends StoredPeeringsContract {
        @Override
        protected Store open(InstantSource clock) {
            return new InMemoryStore(clock);
        }
    }

    @Nested
    final class Tags extends StoredTagsContract {
        @Override
        protected Store open(InstantSource clock) {
            return new InMemoryStore(clock);
        }
    }
}
