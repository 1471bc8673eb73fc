-- An address is one account's, whatever the case of its letters: the oldest account keeps it.
update account set email = lower(email);

update account set email = null
where exists (
    select 1
    from account older
    where older.email = account.email
        and (older.created_at < account.created_at or (older.created_at = account.created_at and older.id < account.id))
);

create unique index account_email_once on account (email);

-- What accounts sign in to Cockpit with: a hash of it, made to be slow.
create table account_password (
    account_id text primary key,
    hash text not null,
    changed_at bigint not null,
    constraint account_password_has_account foreign key (account_id) references account (id)
);

-- Who is signed in to Cockpit. The id is a digest of what the browser holds; times are real ones. A backup leaves them out.
create table session (
    id text primary key,
    account_id text not null,
    sign_in text not null,
    access_key_id text,
    opened_at bigint not null,
    expires_at bigint not null,
    constraint session_has_account foreign key (account_id) references account (id),
    constraint session_has_access_key foreign key (access_key_id) references access_key (id) on delete cascade,
    constraint session_sign_in_known check (sign_in in ('password', 'access_key', 'unchecked')),
    constraint session_key_opened_it check ((sign_in = 'access_key') = (access_key_id is not null))
);

create index session_by_account on session (account_id);

create index session_by_access_key on session (access_key_id);

create index session_by_expiry on session (expires_at);
