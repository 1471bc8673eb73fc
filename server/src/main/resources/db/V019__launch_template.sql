create table launch_template (
    id text primary key,
    region_name text not null,
    account_id text not null,
    name text not null,
    default_version bigint not null,
    client_token text,
    created_at bigint not null,
    constraint launch_template_has_region foreign key (region_name) references region (name),
    constraint launch_template_has_account foreign key (account_id) references account (id)
);

create index launch_template_by_account on launch_template (account_id, created_at, id);

create unique index launch_template_one_name_per_account on launch_template (account_id, region_name, name);

create table launch_template_version (
    launch_template_id text not null,
    number bigint not null,
    description text,
    data text not null,
    created_at bigint not null,
    primary key (launch_template_id, number),
    constraint launch_template_version_has_template foreign key (launch_template_id)
        references launch_template (id) on delete cascade
);
