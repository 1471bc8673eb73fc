create table host (
    id text primary key,
    region_name text not null,
    name text not null,
    subregion_name text not null,
    token_hash text not null,
    reported_at bigint,
    agent_version text,
    capacity bigint,
    load_percent bigint,
    missing_links bigint,
    announced bigint not null,
    created_at bigint not null,
    constraint host_report_whole check (
        (reported_at is null) = (agent_version is null)
        and (reported_at is null) = (capacity is null)
        and (reported_at is null) = (load_percent is null)
        and (reported_at is null) = (missing_links is null)
    ),
    constraint host_has_region foreign key (region_name) references region (name)
);

create unique index host_one_name_per_region on host (region_name, name);

create table vm_placement (
    vm_id text primary key,
    region_name text not null,
    host_id text not null,
    constraint vm_placement_has_vm foreign key (vm_id) references vm (id),
    constraint vm_placement_has_host foreign key (host_id) references host (id),
    constraint vm_placement_has_region foreign key (region_name) references region (name)
);

create index vm_placement_by_host on vm_placement (region_name, host_id, vm_id);
