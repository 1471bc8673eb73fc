alter table event add column session text not null default '';
