create table internet_service (
    id text primary key,
    region_name text not null,
    account_id text not null,
    net_id text,
    created_at bigint not null,
    constraint internet_service_has_region foreign key (region_name) references region (name),
    constraint internet_service_has_account foreign key (account_id) references account (id),
    constraint internet_service_link_has_net foreign key (net_id) references net (id)
);

create index internet_service_by_account on internet_service (account_id, created_at, id);

create unique index internet_service_one_per_net on internet_service (net_id);

create table public_ip (
    id text primary key,
    region_name text not null,
    account_id text not null,
    address text not null,
    of_machine bigint not null,
    link_id text,
    link_net_id text,
    link_nic_id text,
    link_address text,
    created_at bigint not null,
    constraint public_ip_link_whole check (
        (link_id is null) = (link_net_id is null)
        and (link_id is null) = (link_nic_id is null)
        and (link_id is null) = (link_address is null)
    ),
    constraint public_ip_of_machine_stands_for_it check (of_machine = 0 or link_id is not null),
    constraint public_ip_has_region foreign key (region_name) references region (name),
    constraint public_ip_has_account foreign key (account_id) references account (id),
    constraint public_ip_link_has_nic foreign key (link_nic_id) references nic (id)
);

create unique index public_ip_address_once_per_region on public_ip (region_name, address);

create unique index public_ip_link_one_public_ip on public_ip (link_id);

create unique index public_ip_one_per_private_address on public_ip (link_net_id, link_address);

create index public_ip_by_account on public_ip (account_id, created_at, id);

create index public_ip_by_nic on public_ip (link_nic_id, created_at, id) where link_nic_id is not null;

alter table vm add column public_ip bigint not null default 0;
