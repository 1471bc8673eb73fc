alter table vm add column stop_protection bigint not null default 0;
