create table nat_service (
    id text primary key,
    region_name text not null,
    account_id text not null,
    net_id text not null,
    subnet_id text not null,
    nic_id text not null,
    connectivity text not null,
    created_at bigint not null,
    deleted_at bigint,
    client_token text,
    constraint nat_service_connectivity_known check (connectivity in ('PUBLIC', 'PRIVATE')),
    constraint nat_service_has_region foreign key (region_name) references region (name),
    constraint nat_service_has_account foreign key (account_id) references account (id)
);

create index nat_service_by_account on nat_service (account_id, created_at, id);

create index nat_service_by_net on nat_service (net_id, created_at, id) where deleted_at is null;

create index nat_service_by_client_token on nat_service (account_id, client_token) where client_token is not null;

create index nat_service_by_deletion on nat_service (deleted_at, id) where deleted_at is not null;

alter table nic add column nat_service_id text
    constraint nic_has_nat_service references nat_service (id)
    constraint nic_of_nat_service_in_no_vm check (nat_service_id is null or link_id is null);

create index nic_by_nat_service on nic (nat_service_id) where nat_service_id is not null;
