package dev.linkspan.core.port;

import static dev.linkspan.core.port.InMemoryRows.inOrder;
import static dev.linkspan.core.port.InMemoryRows.needs;

import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.DhcpOptionsSetId;
import dev.linkspan.core.net.DhcpOptionsSet;
import dev.linkspan.core.port.World.Cell;
import java.util.List;
import java.util.Optional;

/** {@link DhcpOptionsSetRepository} of an {@link InMemoryStore}. */
record InMemoryDhcpOptionsSets(World world, Cell cell) implements DhcpOptionsSetRepository {

    @Override
    public Optional<DhcpOptionsSet> find(DhcpOptionsSetId id) {
        return cell.dhcpOptionsSets.row(id);
    }

    @Override
    public List<DhcpOptionsSet> ofOwner(AccountId owner) {
        return inOrder(
                cell.dhcpOptionsSets.where(set -> set.owner().equals(owner)),
                DhcpOptionsSet::createdAt,
                DhcpOptionsSet::id);
    }

    @Override
    public int countOfOwner(AccountId owner) {
        return ofOwner(owner).size();
    }

    @Override
    public void save(DhcpOptionsSet set) {
        needs(world.accounts().has(set.owner()), "dhcp_options_set_has_account");
        cell.dhcpOptionsSets.put(set.id(), set);
    }

    @Override
    public void delete(DhcpOptionsSetId id) {
        cell.dhcpOptionsSets.remove(id);
    }
}
