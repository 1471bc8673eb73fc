create table volume (
    id text primary key,
    region_name text not null,
    account_id text not null,
    subregion_name text not null,
    gib bigint not null,
    volume_type text not null,
    iops bigint,
    throughput bigint,
    encrypted bigint not null,
    snapshot text,
    kms_key text,
    vm_id text,
    device text,
    delete_on_vm_deletion bigint not null,
    linked_at bigint,
    client_token text,
    changed_at bigint,
    created_at bigint not null,
    constraint volume_link_whole check ((vm_id is null) = (device is null) and (vm_id is null) = (linked_at is null)),
    constraint volume_has_region foreign key (region_name) references region (name),
    constraint volume_has_account foreign key (account_id) references account (id),
    constraint volume_link_has_vm foreign key (vm_id) references vm (id)
);

create index volume_by_account on volume (account_id, created_at, id);

create unique index volume_one_per_device on volume (vm_id, device);

create index volume_by_client_token on volume (account_id, client_token) where client_token is not null;

alter table vm add column architecture text not null default 'x86_64';

alter table vm add column os_family text not null default 'linux';

alter table vm add column root_device text not null default '/dev/sda1';

alter table vm add column boot_mode text not null default 'legacy';

alter table vm add column monitored bigint not null default 0;

alter table vm add column cpu_credits text;

alter table vm add column instance_profile text;

alter table vm add column metadata_endpoint bigint not null default 0;

alter table vm add column metadata_tokens bigint not null default 1;

alter table vm add column metadata_hop_limit bigint not null default 1;

alter table vm add column metadata_ipv6 bigint not null default 0;

alter table vm add column metadata_tags bigint not null default 0;
