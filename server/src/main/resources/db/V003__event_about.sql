create table event_about (
    region_name text not null,
    about text not null,
    sequence bigint not null,
    constraint event_about_once primary key (region_name, about, sequence)
);

-- Account ids and the ids of Nets are 12 characters long, and one space stands between them.
insert into event_about (region_name, about, sequence)
with recursive listed (region_name, sequence, name, rest) as (
    select region_name, sequence, substr(trim(accounts || ' ' || nets), 1, 12), substr(trim(accounts || ' ' || nets), 14)
    from event
    where accounts <> '' or nets <> ''
    union all
    select region_name, sequence, substr(rest, 1, 12), substr(rest, 14)
    from listed
    where rest <> ''
)
select region_name, name, sequence from listed
union
select region_name, subject, sequence from event
union
select region_name, event_type, sequence from event;
