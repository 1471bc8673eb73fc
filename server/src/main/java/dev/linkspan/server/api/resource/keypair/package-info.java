/** Keys of SSH, for both APIs: making them, reading what clients have, and the fingerprints that each API shows. */
@NullMarked
package dev.linkspan.server.api.resource.keypair;

import org.jspecify.annotations.NullMarked;
