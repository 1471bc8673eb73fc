-- What clients store beside a Net and a peering; those that are there have what EC2 gives to new ones.
alter table net add column dns_support bigint not null default 1;
alter table net add column dns_hostnames bigint not null default 0;
alter table net add column address_usage_metrics bigint not null default 0;
alter table net_peering add column source_dns_resolution bigint not null default 0;
alter table net_peering add column accepter_dns_resolution bigint not null default 0;
