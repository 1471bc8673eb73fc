-- What clients store beside a Net and a peering; those that are there have what EC2 gives to new ones.
alter table net add column dns_support bigint not null default 1;
alter table net add column dns_hostnames bigint not null default 0;
alter table net add column address_usage_metrics bigint not null default 0;
alter table net_peering add column source_dns_resolution bigint not null default 0;
alter table net_peering add column accepter_dns_resolution bigint not null default 0;

create table dhcp_options_set (
    id text primary key,
    region_name text not null,
    account_id text not null,
    created_at bigint not null,
    constraint dhcp_options_set_has_region foreign key (region_name) references region (name),
    constraint dhcp_options_set_has_account foreign key (account_id) references account (id)
);

create index dhcp_options_set_by_account on dhcp_options_set (account_id, created_at, id);

create table dhcp_option_value (
    dhcp_options_set_id text not null,
    dhcp_option text not null,
    position bigint not null,
    option_value text not null,
    primary key (dhcp_options_set_id, dhcp_option, position),
    constraint dhcp_option_value_has_set foreign key (dhcp_options_set_id) references dhcp_options_set (id)
        on delete cascade
);

alter table route_table add column client_token text;

create index route_table_by_client_token on route_table (account_id, client_token) where client_token is not null;
