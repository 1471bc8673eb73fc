create table lease (
    name text primary key,
    holder text not null,
    expires_at bigint not null
);
