alter table route add column target text not null default 'local';

update route set target = 'peering' where peering_id is not null;

drop index route_by_peering;

alter table route rename column peering_id to target_id;

create index route_by_target on route (target_id) where target_id is not null;
