-- Public keys that accounts keep under names. A VM has the name of one, which may be gone since, so that is no reference.
create table keypair (
    id text primary key,
    region_name text not null,
    account_id text not null,
    name text not null,
    key_type text not null,
    public_key text not null,
    key_comment text not null,
    private_key_digest text,
    created_at bigint not null,
    constraint keypair_has_region foreign key (region_name) references region (name),
    constraint keypair_has_account foreign key (account_id) references account (id)
);

create unique index keypair_one_name_per_account on keypair (account_id, region_name, name);

create index keypair_by_account on keypair (account_id, created_at, id);
