alter table net add column is_default bigint not null default 0;

alter table subnet add column is_default bigint not null default 0;

create table default_net_given (
    region_name text not null,
    account_id text not null,
    given_at bigint not null,
    primary key (region_name, account_id),
    constraint default_net_given_has_region foreign key (region_name) references region (name),
    constraint default_net_given_has_account foreign key (account_id) references account (id)
);
