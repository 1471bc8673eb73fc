alter table region rename column last_event_at to last_change_at;
