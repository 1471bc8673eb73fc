-- What an account calls itself, and what the requester of a peering writes to the other owner.
alter table account add column name text;
alter table net_peering add column message text;
