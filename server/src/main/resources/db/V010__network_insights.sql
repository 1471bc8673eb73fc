-- Questions whether one end reaches another, which an account asks again and again. What they name may be gone since, so that
-- is no reference. A filter is four words: source address and ports, destination address and ports, * for any.
create table insights_path (
    id text primary key,
    region_name text not null,
    account_id text not null,
    source_id text not null,
    destination_id text,
    source_address text,
    destination_address text,
    protocol bigint not null,
    destination_port bigint,
    filter_at_source text not null,
    filter_at_destination text not null,
    created_at bigint not null,
    client_token text,
    constraint insights_path_has_region foreign key (region_name) references region (name),
    constraint insights_path_has_account foreign key (account_id) references account (id),
    constraint insights_path_protocol_known check (protocol in (6, 17))
);

create index insights_path_by_account on insights_path (account_id, created_at, id);

create unique index insights_path_one_per_client_token on insights_path (account_id, region_name, client_token)
    where client_token is not null;

-- What was found when a path was asked. The findings are a JSON object, which only the API that tells it reads.
create table insights_analysis (
    id text primary key,
    region_name text not null,
    account_id text not null,
    insights_path_id text not null,
    started_at bigint not null,
    path_found bigint not null,
    findings text not null,
    client_token text,
    constraint insights_analysis_has_region foreign key (region_name) references region (name),
    constraint insights_analysis_has_account foreign key (account_id) references account (id),
    constraint insights_analysis_has_path foreign key (insights_path_id) references insights_path (id)
);

create index insights_analysis_by_account on insights_analysis (account_id, started_at, id);

create index insights_analysis_by_path on insights_analysis (insights_path_id, started_at, id);

create unique index insights_analysis_one_per_client_token on insights_analysis (account_id, region_name, client_token)
    where client_token is not null;
