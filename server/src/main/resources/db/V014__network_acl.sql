create table network_acl (
    id text primary key,
    region_name text not null,
    net_id text not null,
    account_id text not null,
    created_at bigint not null,
    client_token text,
    constraint network_acl_has_net foreign key (net_id) references net (id)
);

create index network_acl_by_account on network_acl (account_id, created_at, id);

create index network_acl_by_client_token on network_acl (account_id, client_token) where client_token is not null;

create index network_acl_by_net on network_acl (net_id, created_at, id);

create table network_acl_entry (
    network_acl_id text not null,
    flow text not null,
    number bigint not null,
    protocol bigint not null,
    first bigint,
    last bigint,
    ip_range text not null,
    allows bigint not null,
    constraint network_acl_entry_one_per_number primary key (network_acl_id, flow, number),
    constraint network_acl_entry_has_acl foreign key (network_acl_id) references network_acl (id) on delete cascade
);

create table network_acl_association (
    id text primary key,
    network_acl_id text not null,
    position bigint not null,
    subnet_id text not null,
    constraint network_acl_association_has_acl foreign key (network_acl_id) references network_acl (id) on delete cascade,
    constraint network_acl_association_has_subnet foreign key (subnet_id) references subnet (id)
);

create index network_acl_association_by_acl on network_acl_association (network_acl_id, position);

create unique index network_acl_association_one_per_subnet on network_acl_association (subnet_id);
