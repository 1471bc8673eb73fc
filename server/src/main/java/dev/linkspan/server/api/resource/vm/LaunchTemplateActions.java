package dev.linkspan.server.api.resource.vm;

import static dev.linkspan.server.api.listing.Names.ec2;

import dev.linkspan.core.id.LaunchTemplateId;
import dev.linkspan.core.net.LaunchTemplate;
import dev.linkspan.core.net.LaunchTemplate.Version;
import dev.linkspan.core.operation.LaunchTemplates;
import dev.linkspan.core.operation.Tags;
import dev.linkspan.core.refusal.Refusal;
import dev.linkspan.core.refusal.RefusalCode;
import dev.linkspan.core.wording.Verbatim;
import dev.linkspan.server.api.call.Call;
import dev.linkspan.server.api.call.ChangeCall;
import dev.linkspan.server.api.call.Operation;
import dev.linkspan.server.api.call.Position;
import dev.linkspan.server.api.call.ReadCall;
import dev.linkspan.server.api.ec2.Ec2Listing;
import dev.linkspan.server.api.ec2.Filter;
import dev.linkspan.server.api.ec2.TagItem;
import dev.linkspan.server.api.ec2.TagSpecification;
import dev.linkspan.server.api.json.Required;
import dev.linkspan.server.api.listing.Field;
import dev.linkspan.server.api.listing.Fields;
import dev.linkspan.server.api.listing.Listing;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The actions on launch templates: what orders of instances are kept under a name. */
public final class LaunchTemplateActions {

    private static final String TYPE = "launch-template";
    private static final String BY_NAME = "launch-template-name";

    record CreateLaunchTemplateRequest(
            @Required String launchTemplateName,
            Optional<String> versionDescription,
            Optional<LaunchTemplateData> launchTemplateData,
            Optional<String> clientToken,
            List<TagSpecification> tagSpecification) {}

    record CreateLaunchTemplateVersionRequest(
            Optional<LaunchTemplateId> launchTemplateId,
            Optional<String> launchTemplateName,
            Optional<String> sourceVersion,
            Optional<String> versionDescription,
            Optional<LaunchTemplateData> launchTemplateData,
            Optional<String> clientToken,
            Optional<Boolean> resolveAlias) {}

    /** @param setDefaultVersion as EC2's documentation calls it; its clients send {@code SetDefaultVersion} */
    record ModifyLaunchTemplateRequest(
            Optional<LaunchTemplateId> launchTemplateId,
            Optional<String> launchTemplateName,
            Optional<String> setDefaultVersion,
            Optional<String> clientToken) {}

    record DeleteLaunchTemplateRequest(
            Optional<LaunchTemplateId> launchTemplateId, Optional<String> launchTemplateName) {}

    record DescribeLaunchTemplatesRequest(
            List<LaunchTemplateId> launchTemplateId,
            List<String> launchTemplateName,
            List<Filter> filter,
            Optional<Integer> maxResults,
            Optional<String> nextToken) {

        Ec2Listing.Asked asked() {
            List<Filter> filters = launchTemplateName.isEmpty()
                    ? filter
                    : Stream.concat(filter.stream(), Stream.of(new Filter(BY_NAME, launchTemplateName)))
                            .toList();
            return new Ec2Listing.Asked(
                    new Verbatim("LaunchTemplateId"), launchTemplateId, filters, maxResults, nextToken);
        }
    }

    record DescribeLaunchTemplateVersionsRequest(
            Optional<LaunchTemplateId> launchTemplateId,
            Optional<String> launchTemplateName,
            List<String> launchTemplateVersion,
            Optional<String> minVersion,
            Optional<String> maxVersion,
            List<Filter> filter,
            Optional<Integer> maxResults,
            Optional<String> nextToken,
            Optional<Boolean> resolveAlias) {

        private boolean asks(LaunchTemplate template, Version version) {
            return (launchTemplateVersion.isEmpty()
                            || launchTemplateVersion.stream()
                                    .anyMatch(it -> LaunchTemplates.version(template, it)
                                            .equals(version)))
                    && minVersion.stream()
                            .allMatch(it -> version.number()
                                    >= LaunchTemplates.version(template, it).number())
                    && maxVersion.stream()
                            .allMatch(it -> version.number()
                                    <= LaunchTemplates.version(template, it).number());
        }
    }

    record TemplateItem(
            LaunchTemplateId launchTemplateId,
            String launchTemplateName,
            Instant createTime,
            String createdBy,
            int defaultVersionNumber,
            int latestVersionNumber,
            List<TagItem> tagSet) {

        static TemplateItem of(Call call, LaunchTemplate template) {
            return new TemplateItem(
                    template.id(),
                    template.name(),
                    template.createdAt(),
                    createdBy(template),
                    template.defaultVersion(),
                    template.latest().number(),
                    TagItem.of(call, template.id()));
        }

        private static String createdBy(LaunchTemplate template) {
            return "arn:aws:iam::%s:root".formatted(template.owner());
        }
    }

    record VersionItem(
            LaunchTemplateId launchTemplateId,
            String launchTemplateName,
            int versionNumber,
            Optional<String> versionDescription,
            Instant createTime,
            String createdBy,
            boolean defaultVersion,
            LaunchTemplateData.Answer launchTemplateData) {

        static VersionItem of(LaunchTemplate template, Version version) {
            return new VersionItem(
                    template.id(),
                    template.name(),
                    version.number(),
                    version.description(),
                    version.createdAt(),
                    TemplateItem.createdBy(template),
                    version.number() == template.defaultVersion(),
                    LaunchTemplateData.of(version.data()).answer());
        }
    }

    record TemplateAnswer(TemplateItem launchTemplate) {}

    record VersionAnswer(VersionItem launchTemplateVersion) {}

    private static final Field<LaunchTemplate, LaunchTemplateId> ID =
            Field.id(ec2("launch-template-id"), LaunchTemplateId.KIND, LaunchTemplate::id);

    private static final Ec2Listing<LaunchTemplate> TEMPLATES = new Ec2Listing<>(
            "LaunchTemplates",
            Listing.whole(
                    Fields.<LaunchTemplate>of()
                            .with(ID)
                            .text(ec2(BY_NAME), LaunchTemplate::name)
                            .date(ec2("create-time"), LaunchTemplate::createdAt)
                            .tags(LaunchTemplate::id),
                    (call, _) -> call.snapshot().launchTemplates().ofOwner(call.caller()),
                    template -> Position.byCreation(template.createdAt(), template.id())),
            ID,
            TemplateItem::of);

    private static final Fields<VersionItem> VERSION_FIELDS = Fields.<VersionItem>of()
            .text(ec2("create-time"), VersionItem::createTime)
            .flag(ec2("is-default-version"), VersionItem::defaultVersion)
            .text(ec2("image-id"), item -> item.launchTemplateData().imageId())
            .text(ec2("instance-type"), item -> item.launchTemplateData().instanceType())
            .flag(ec2("ebs-optimized"), item -> item.launchTemplateData().ebsOptimized())
            .text(
                    ec2("iam-instance-profile"),
                    item -> item.launchTemplateData()
                            .iamInstanceProfile()
                            .flatMap(profile -> profile.arn().or(profile::name)))
            .text(
                    ec2("http-endpoint"),
                    item -> item.launchTemplateData().metadataOptions().flatMap(InstanceOptions.Metadata::httpEndpoint))
            .text(
                    ec2("http-tokens"),
                    item -> item.launchTemplateData().metadataOptions().flatMap(InstanceOptions.Metadata::httpTokens))
            .absent(
                    ec2("host-resource-group-arn", "kernel-id", "license-configuration-arn", "ram-disk-id"),
                    ec2("http-protocol-ipv4", "network-card-index"));

    private final LaunchTemplates templates;
    private final Tags tags;

    public LaunchTemplateActions(LaunchTemplates templates, Tags tags) {
        this.templates = templates;
        this.tags = tags;
    }

    public List<Operation> operations() {
        return List.of(
                Operation.change("CreateLaunchTemplate", CreateLaunchTemplateRequest.class, this::create),
                Operation.change(
                        "CreateLaunchTemplateVersion", CreateLaunchTemplateVersionRequest.class, this::addVersion),
                Operation.change("ModifyLaunchTemplate", ModifyLaunchTemplateRequest.class, this::modify),
                Operation.change("DeleteLaunchTemplate", DeleteLaunchTemplateRequest.class, this::delete),
                Operation.read(
                        "DescribeLaunchTemplates",
                        DescribeLaunchTemplatesRequest.class,
                        LaunchTemplateActions::describe),
                Operation.read(
                        "DescribeLaunchTemplateVersions",
                        DescribeLaunchTemplateVersionsRequest.class,
                        LaunchTemplateActions::describeVersions));
    }

    private Object create(ChangeCall call, CreateLaunchTemplateRequest request) {
        LaunchTemplate made = templates.create(
                call.work(),
                call.caller(),
                request.launchTemplateName(),
                request.versionDescription(),
                required(request.launchTemplateData()).text(),
                request.clientToken());
        TagSpecification.apply(call, tags, request.tagSpecification(), TYPE, made.id());
        return new TemplateAnswer(TemplateItem.of(call, made));
    }

    private Object addVersion(ChangeCall call, CreateLaunchTemplateVersionRequest request) {
        LaunchTemplate template = LaunchTemplates.named(
                call.snapshot(), call.caller(), request.launchTemplateId(), request.launchTemplateName());
        LaunchTemplateData data = required(request.launchTemplateData());
        LaunchTemplateData whole = request.sourceVersion()
                .map(source -> data.over(LaunchTemplateData.of(
                        LaunchTemplates.version(template, source).data())))
                .orElse(data);
        LaunchTemplate changed =
                templates.addVersion(call.work(), template, request.versionDescription(), whole.text());
        return new VersionAnswer(VersionItem.of(changed, changed.latest()));
    }

    private Object modify(ChangeCall call, ModifyLaunchTemplateRequest request) {
        LaunchTemplate template = LaunchTemplates.named(
                call.snapshot(), call.caller(), request.launchTemplateId(), request.launchTemplateName());
        String version = request.setDefaultVersion()
                .orElseThrow(() -> new Refusal(
                        RefusalCode.MISSING_PARAMETER, "The request must contain the parameter SetDefaultVersion."));
        return new TemplateAnswer(TemplateItem.of(call, templates.setDefault(call.work(), template, version)));
    }

    private Object delete(ChangeCall call, DeleteLaunchTemplateRequest request) {
        LaunchTemplate template = LaunchTemplates.named(
                call.snapshot(), call.caller(), request.launchTemplateId(), request.launchTemplateName());
        TemplateItem before = TemplateItem.of(call, template);
        templates.delete(call.work(), template);
        return new TemplateAnswer(before);
    }

    private static Object describe(ReadCall call, DescribeLaunchTemplatesRequest request) {
        request.launchTemplateName()
                .forEach(name ->
                        LaunchTemplates.named(call.snapshot(), call.caller(), Optional.empty(), Optional.of(name)));
        return TEMPLATES.page(call, request.asked());
    }

    /** Those of one template, the newest first; or those that the words for changing ones mean, of all. */
    private static Object describeVersions(ReadCall call, DescribeLaunchTemplateVersionsRequest request) {
        boolean named = request.launchTemplateId().isPresent()
                || request.launchTemplateName().isPresent();
        List<LaunchTemplate> asked = named
                ? List.of(LaunchTemplates.named(
                        call.snapshot(), call.caller(), request.launchTemplateId(), request.launchTemplateName()))
                : call.snapshot().launchTemplates().ofOwner(call.caller());
        List<VersionItem> found = asked.stream()
                .flatMap(template -> template.versions().reversed().stream()
                        .filter(version -> request.asks(template, version))
                        .map(version -> VersionItem.of(template, version)))
                .toList();
        return Ec2Listing.<VersionItem>withoutIds(
                        "LaunchTemplateVersionSet",
                        Listing.whole(
                                VERSION_FIELDS,
                                (_, _) -> found,
                                item -> Position.byName("%06d".formatted(found.indexOf(item)))),
                        (_, item) -> item)
                .page(
                        call,
                        new Ec2Listing.Asked(
                                new Verbatim("LaunchTemplateId"),
                                List.of(),
                                request.filter(),
                                request.maxResults(),
                                request.nextToken()));
    }

    private static LaunchTemplateData required(Optional<LaunchTemplateData> data) {
        return data.orElseThrow(() -> new Refusal(
                RefusalCode.MISSING_PARAMETER, "The request must contain the parameter LaunchTemplateData."));
    }
}
