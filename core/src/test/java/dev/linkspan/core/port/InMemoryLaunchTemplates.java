package dev.linkspan.core.port;

import static dev.linkspan.core.port.InMemoryRows.inOrder;
import static dev.linkspan.core.port.InMemoryRows.needs;

import dev.linkspan.core.id.AccountId;
import dev.linkspan.core.id.LaunchTemplateId;
import dev.linkspan.core.net.LaunchTemplate;
import dev.linkspan.core.port.World.Cell;
import java.util.List;
import java.util.Optional;

/** {@link LaunchTemplateRepository} of an {@link InMemoryStore}. */
record InMemoryLaunchTemplates(World world, Cell cell) implements LaunchTemplateRepository {

    @Override
    public Optional<LaunchTemplate> find(LaunchTemplateId id) {
        return cell.launchTemplates.row(id);
    }

    @Override
    public List<LaunchTemplate> ofOwner(AccountId owner) {
        return inOrder(
                cell.launchTemplates.where(template -> template.owner().equals(owner)),
                LaunchTemplate::createdAt,
                LaunchTemplate::id);
    }

    @Override
    public int countOfOwner(AccountId owner) {
        return ofOwner(owner).size();
    }

    @Override
    public void save(LaunchTemplate template) {
        needs(world.accounts().has(template.owner()), "launch_template_has_account");
        needs(
                ofOwner(template.owner()).stream()
                        .allMatch(other -> other.id().equals(template.id())
                                || !other.name().equals(template.name())),
                "launch_template_one_name_per_account");
        cell.launchTemplates.put(template.id(), template);
    }

    @Override
    public void delete(LaunchTemplateId id) {
        cell.launchTemplates.remove(id);
    }
}
