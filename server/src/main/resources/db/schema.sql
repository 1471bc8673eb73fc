-- What Linkspan keeps, as it is after every migration. This file is for reading: the migrations (V001__*.sql and on)
-- make the tables, and a test demands that they end exactly here. A number is given once: there has never been a V002.
--
-- One schema for SQLite and PostgreSQL: only text and bigint, no functions in indexes, no engine's own options.
--   * Instants are milliseconds since 1970-01-01T00:00Z; their columns end in _at or are called since.
--   * Booleans are 0 and 1. Enumerations and IP ranges are text as the core writes them.
--   * A constraint is the last net under a rule that the operations have checked: breaking one is a bug, not an answer.

-- A Region's place in its one order of changes: the number of its newest event, and a time which none of its changes, and
-- no read that sees this, may precede: that of the newest event, or of a batch of changes which came to nothing since.
create table region (
    name text primary key,
    last_sequence bigint not null,
    last_change_at bigint not null
);

-- What the server itself must remember, such as the time of a manual clock.
create table setting (
    name text primary key,
    setting_value text not null
);

-- The directory, which all Regions share.

-- E-mail addresses are in lower case. Names are what accounts call themselves: several may have the same.
create table account (
    id text primary key,
    email text,
    created_at bigint not null,
    name text
);

create unique index account_email_once on account (email);

-- Limits that the operator set; a quota without a row has its default.
create table account_quota (
    account_id text not null,
    quota text not null,
    amount bigint not null,
    primary key (account_id, quota),
    constraint account_quota_has_account foreign key (account_id) references account (id) on delete cascade
);

-- sealed_secret is encrypted with the key in master.key (A2).
create table access_key (
    id text primary key,
    account_id text not null,
    sealed_secret text not null,
    active bigint not null,
    tag text,
    expires_at bigint,
    created_at bigint not null,
    modified_at bigint not null,
    constraint access_key_has_account foreign key (account_id) references account (id)
);

create index access_key_by_account on access_key (account_id, created_at, id);

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

-- What a Region holds.

create table failed_subregion (
    region_name text not null,
    name text not null,
    failed_at bigint not null,
    primary key (region_name, name),
    constraint failed_subregion_has_region foreign key (region_name) references region (name)
);

-- The operator's computers on which machines run. The report is what its agent told last; announced tells whether the log's
-- last word about the host is that it can be reached.
create table host (
    id text primary key,
    region_name text not null,
    name text not null,
    subregion_name text not null,
    token_hash text not null,
    reported_at bigint,
    agent_version text,
    capacity bigint,
    load_percent bigint,
    missing_links bigint,
    announced bigint not null,
    created_at bigint not null,
    constraint host_report_whole check (
        (reported_at is null) = (agent_version is null)
        and (reported_at is null) = (capacity is null)
        and (reported_at is null) = (load_percent is null)
        and (reported_at is null) = (missing_links is null)
    ),
    constraint host_has_region foreign key (region_name) references region (name)
);

create unique index host_one_name_per_region on host (region_name, name);

-- The three switches are EC2's attributes of a VPC: recorded for clients, without effect on packets.
create table net (
    id text primary key,
    region_name text not null,
    account_id text not null,
    ip_range text not null,
    tenancy text not null,
    dhcp_options text not null,
    created_at bigint not null,
    dns_support bigint not null default 1,
    dns_hostnames bigint not null default 0,
    address_usage_metrics bigint not null default 0,
    is_default bigint not null default 0,
    constraint net_has_region foreign key (region_name) references region (name),
    constraint net_has_account foreign key (account_id) references account (id)
);

create index net_by_account on net (account_id, created_at, id);

create index net_by_region on net (region_name, created_at, id);

-- Who has got a default Net, which may be gone since: nobody gets another one unasked.
create table default_net_given (
    region_name text not null,
    account_id text not null,
    given_at bigint not null,
    primary key (region_name, account_id),
    constraint default_net_given_has_region foreign key (region_name) references region (name),
    constraint default_net_given_has_account foreign key (account_id) references account (id)
);

-- Made by accounts. The default set is in no row, and a Net may have that one too, so net.dhcp_options is no reference.
create table dhcp_options_set (
    id text primary key,
    region_name text not null,
    account_id text not null,
    created_at bigint not null,
    constraint dhcp_options_set_has_region foreign key (region_name) references region (name),
    constraint dhcp_options_set_has_account foreign key (account_id) references account (id)
);

create index dhcp_options_set_by_account on dhcp_options_set (account_id, created_at, id);

create table dhcp_option_value (
    dhcp_options_set_id text not null,
    dhcp_option text not null,
    position bigint not null,
    option_value text not null,
    primary key (dhcp_options_set_id, dhcp_option, position),
    constraint dhcp_option_value_has_set foreign key (dhcp_options_set_id) references dhcp_options_set (id)
        on delete cascade
);

-- Public keys that accounts keep under names. A VM has the name of one, which may be gone since, so that is no reference.
create table keypair (
    id text primary key,
    region_name text not null,
    account_id text not null,
    name text not null,
    key_type text not null,
    public_key text not null,
    key_comment text not null,
    private_key_digest text,
    created_at bigint not null,
    constraint keypair_has_region foreign key (region_name) references region (name),
    constraint keypair_has_account foreign key (account_id) references account (id)
);

create unique index keypair_one_name_per_account on keypair (account_id, region_name, name);

create index keypair_by_account on keypair (account_id, created_at, id);

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

create table subnet (
    id text primary key,
    region_name text not null,
    net_id text not null,
    account_id text not null,
    subregion_name text not null,
    ip_range text not null,
    map_public_ip bigint not null,
    created_at bigint not null,
    is_default bigint not null default 0,
    constraint subnet_has_net foreign key (net_id) references net (id)
);

create index subnet_by_account on subnet (account_id, created_at, id);

create index subnet_by_net on subnet (net_id, created_at, id);

-- A terminated VM outlives its Subnet and Net for an hour, so only placed_subnet_id is a reference: it is empty then.
create table vm (
    id text primary key,
    region_name text not null,
    account_id text not null,
    net_id text not null,
    subnet_id text not null,
    placed_subnet_id text,
    subregion_name text not null,
    reservation_id text not null,
    launch_number bigint not null,
    client_token text,
    image_id text not null,
    state text not null,
    since bigint not null,
    vm_type text not null,
    keypair text,
    user_data text not null,
    deletion_protection bigint not null,
    shutdown_behavior text not null,
    performance text not null,
    bsu_optimized bigint not null,
    nested_virtualization bigint not null,
    created_at bigint not null,
    stop_protection bigint not null default 0,
    public_ip bigint not null default 0,
    architecture text not null default 'x86_64',
    os_family text not null default 'linux',
    root_device text not null default '/dev/sda1',
    boot_mode text not null default 'legacy',
    monitored bigint not null default 0,
    cpu_credits text,
    instance_profile text,
    metadata_endpoint bigint not null default 0,
    metadata_tokens bigint not null default 1,
    metadata_hop_limit bigint not null default 1,
    metadata_ipv6 bigint not null default 0,
    metadata_tags bigint not null default 0,
    constraint vm_state_known check (state in ('RUNNING', 'STOPPED', 'TERMINATED')),
    constraint vm_placed_while_it_exists check ((state = 'TERMINATED') = (placed_subnet_id is null)),
    constraint vm_has_subnet foreign key (placed_subnet_id) references subnet (id)
);

create index vm_by_account on vm (account_id, created_at, id);

create index vm_by_net on vm (net_id, created_at, id);

create index vm_by_subnet on vm (placed_subnet_id) where placed_subnet_id is not null;

create index vm_by_client_token on vm (account_id, client_token) where client_token is not null;

create index vm_by_reservation on vm (reservation_id);

create index vm_by_termination on vm (since, id) where state = 'TERMINATED';

-- On which host the machine of a VM is, where the network needs hosts.
create table vm_placement (
    vm_id text primary key,
    region_name text not null,
    host_id text not null,
    constraint vm_placement_has_vm foreign key (vm_id) references vm (id),
    constraint vm_placement_has_host foreign key (host_id) references host (id),
    constraint vm_placement_has_region foreign key (region_name) references region (name)
);

create index vm_placement_by_host on vm_placement (region_name, host_id, vm_id);

-- Records of what accounts asked for. A linked one is at a device of its VM that no other has.
create table volume (
    id text primary key,
    region_name text not null,
    account_id text not null,
    subregion_name text not null,
    gib bigint not null,
    volume_type text not null,
    iops bigint,
    throughput bigint,
    encrypted bigint not null,
    snapshot text,
    kms_key text,
    vm_id text,
    device text,
    delete_on_vm_deletion bigint not null,
    linked_at bigint,
    client_token text,
    changed_at bigint,
    created_at bigint not null,
    constraint volume_link_whole check ((vm_id is null) = (device is null) and (vm_id is null) = (linked_at is null)),
    constraint volume_has_region foreign key (region_name) references region (name),
    constraint volume_has_account foreign key (account_id) references account (id),
    constraint volume_link_has_vm foreign key (vm_id) references vm (id)
);

create index volume_by_account on volume (account_id, created_at, id);

create unique index volume_one_per_device on volume (vm_id, device);

create index volume_by_client_token on volume (account_id, client_token) where client_token is not null;

-- What orders of VMs are kept as. Versions stay as they are.
create table launch_template (
    id text primary key,
    region_name text not null,
    account_id text not null,
    name text not null,
    default_version bigint not null,
    client_token text,
    created_at bigint not null,
    constraint launch_template_has_region foreign key (region_name) references region (name),
    constraint launch_template_has_account foreign key (account_id) references account (id)
);

create index launch_template_by_account on launch_template (account_id, created_at, id);

create unique index launch_template_one_name_per_account on launch_template (account_id, region_name, name);

create table launch_template_version (
    launch_template_id text not null,
    number bigint not null,
    description text,
    data text not null,
    created_at bigint not null,
    primary key (launch_template_id, number),
    constraint launch_template_version_has_template foreign key (launch_template_id)
        references launch_template (id) on delete cascade
);

-- Send on, with an address of their own, what routes lead to them (X4). A deleted one outlives its Subnet and its NIC for an hour,
-- so these are no references: the NIC's own are.
create table nat_service (
    id text primary key,
    region_name text not null,
    account_id text not null,
    net_id text not null,
    subnet_id text not null,
    nic_id text not null,
    connectivity text not null,
    created_at bigint not null,
    deleted_at bigint,
    client_token text,
    constraint nat_service_connectivity_known check (connectivity in ('PUBLIC', 'PRIVATE')),
    constraint nat_service_has_region foreign key (region_name) references region (name),
    constraint nat_service_has_account foreign key (account_id) references account (id)
);

create index nat_service_by_account on nat_service (account_id, created_at, id);

create index nat_service_by_net on nat_service (net_id, created_at, id) where deleted_at is null;

create index nat_service_by_client_token on nat_service (account_id, client_token) where client_token is not null;

create index nat_service_by_deletion on nat_service (deleted_at, id) where deleted_at is not null;

create table nic (
    id text primary key,
    region_name text not null,
    account_id text not null,
    net_id text not null,
    subnet_id text not null,
    mac text not null,
    description text not null,
    source_dest_checked bigint not null,
    link_id text,
    link_vm_id text,
    link_device_number bigint,
    link_delete_on_vm_deletion bigint,
    created_at bigint not null,
    nat_service_id text
        constraint nic_has_nat_service references nat_service (id)
        constraint nic_of_nat_service_in_no_vm check (nat_service_id is null or link_id is null),
    constraint nic_link_whole check (
        (link_id is null) = (link_vm_id is null)
        and (link_id is null) = (link_device_number is null)
        and (link_id is null) = (link_delete_on_vm_deletion is null)
    ),
    constraint nic_has_net foreign key (net_id) references net (id),
    constraint nic_has_subnet foreign key (subnet_id) references subnet (id),
    constraint nic_link_has_vm foreign key (link_vm_id) references vm (id)
);

create unique index nic_link_one_nic on nic (link_id);

create index nic_by_account on nic (account_id, created_at, id);

create index nic_by_net on nic (net_id, created_at, id);

create index nic_by_subnet on nic (subnet_id, created_at, id);

create index nic_by_vm on nic (link_vm_id, created_at, id) where link_vm_id is not null;

create index nic_by_nat_service on nic (nat_service_id) where nat_service_id is not null;

-- No two NICs of a Subnet share an address.
create table nic_address (
    subnet_id text not null,
    address text not null,
    nic_id text not null,
    position bigint not null,
    constraint nic_address_one_per_subnet primary key (subnet_id, address),
    constraint nic_address_has_nic foreign key (nic_id) references nic (id) on delete cascade
);

create index nic_address_by_nic on nic_address (nic_id, position);

create table security_group (
    id text primary key,
    region_name text not null,
    net_id text not null,
    account_id text not null,
    name text not null,
    description text not null,
    created_at bigint not null,
    constraint security_group_has_net foreign key (net_id) references net (id)
);

create unique index security_group_one_name_per_net on security_group (net_id, name);

create index security_group_by_account on security_group (account_id, created_at, id);

-- protocol is -1 for every one. first and last are ports for TCP (6) and UDP (17), type and code for ICMP (1, -1 for
-- every one). The counterpart is a range or a group; a group may be a peer's and may be gone (S5), so it is no reference.
create table security_group_rule (
    id text primary key,
    security_group_id text not null,
    position bigint not null,
    flow text not null,
    protocol bigint not null,
    first bigint,
    last bigint,
    ip_range text,
    counterpart_group_id text,
    counterpart_account_id text,
    description text not null,
    constraint security_group_rule_bounds check (
        (protocol in (1, 6, 17)) = (first is not null) and (first is null) = (last is null)
    ),
    constraint security_group_rule_one_counterpart check (
        (ip_range is null) <> (counterpart_group_id is null)
        and (counterpart_group_id is null) = (counterpart_account_id is null)
    ),
    constraint security_group_rule_has_group foreign key (security_group_id) references security_group (id)
        on delete cascade
);

create index security_group_rule_by_group on security_group_rule (security_group_id, position);

create index security_group_rule_by_counterpart on security_group_rule (counterpart_group_id)
    where counterpart_group_id is not null;

create table nic_group (
    nic_id text not null,
    position bigint not null,
    security_group_id text not null,
    primary key (nic_id, position),
    constraint nic_group_has_nic foreign key (nic_id) references nic (id) on delete cascade,
    constraint nic_group_has_security_group foreign key (security_group_id) references security_group (id)
);

create index nic_group_by_security_group on nic_group (security_group_id);

create table route_table (
    id text primary key,
    region_name text not null,
    net_id text not null,
    account_id text not null,
    created_at bigint not null,
    client_token text,
    constraint route_table_has_net foreign key (net_id) references net (id)
);

create index route_table_by_account on route_table (account_id, created_at, id);

create index route_table_by_client_token on route_table (account_id, client_token) where client_token is not null;

create index route_table_by_net on route_table (net_id, created_at, id);

-- A link without a Subnet is the main link of its Net: it stands for every Subnet that has none.
create table route_table_link (
    id text primary key,
    route_table_id text not null,
    position bigint not null,
    net_id text not null,
    subnet_id text,
    constraint route_table_link_has_table foreign key (route_table_id) references route_table (id) on delete cascade,
    constraint route_table_link_has_subnet foreign key (subnet_id) references subnet (id)
);

create unique index route_table_link_one_main_per_net on route_table_link (net_id) where subnet_id is null;

create unique index route_table_link_one_per_subnet on route_table_link (subnet_id) where subnet_id is not null;

create index route_table_link_by_table on route_table_link (route_table_id, position);

-- The target is a kind of thing, and all but the local one have an id. A route outlives it as a blackhole (R4), so that is no
-- reference.
create table route (
    route_table_id text not null,
    destination text not null,
    position bigint not null,
    target_id text,
    target text not null default 'local',
    constraint route_one_per_destination primary key (route_table_id, destination),
    constraint route_has_table foreign key (route_table_id) references route_table (id) on delete cascade
);

create index route_by_target on route (target_id) where target_id is not null;

-- A Net's default ACL is here only once it was changed or named; until then it allows everything (N1).
create table network_acl (
    id text primary key,
    region_name text not null,
    net_id text not null,
    account_id text not null,
    created_at bigint not null,
    client_token text,
    constraint network_acl_has_net foreign key (net_id) references net (id)
);

create index network_acl_by_account on network_acl (account_id, created_at, id);

create index network_acl_by_client_token on network_acl (account_id, client_token) where client_token is not null;

create index network_acl_by_net on network_acl (net_id, created_at, id);

create table network_acl_entry (
    network_acl_id text not null,
    flow text not null,
    number bigint not null,
    protocol bigint not null,
    first bigint,
    last bigint,
    ip_range text not null,
    allows bigint not null,
    constraint network_acl_entry_one_per_number primary key (network_acl_id, flow, number),
    constraint network_acl_entry_has_acl foreign key (network_acl_id) references network_acl (id) on delete cascade
);

create table network_acl_association (
    id text primary key,
    network_acl_id text not null,
    position bigint not null,
    subnet_id text not null,
    constraint network_acl_association_has_acl foreign key (network_acl_id) references network_acl (id) on delete cascade,
    constraint network_acl_association_has_subnet foreign key (subnet_id) references subnet (id)
);

create index network_acl_association_by_acl on network_acl_association (network_acl_id, position);

create unique index network_acl_association_one_per_subnet on network_acl_association (subnet_id);

-- The doors to the outside, each at one Net or none (X1).
create table internet_service (
    id text primary key,
    region_name text not null,
    account_id text not null,
    net_id text,
    created_at bigint not null,
    constraint internet_service_has_region foreign key (region_name) references region (name),
    constraint internet_service_has_account foreign key (account_id) references account (id),
    constraint internet_service_link_has_net foreign key (net_id) references net (id)
);

create index internet_service_by_account on internet_service (account_id, created_at, id);

create unique index internet_service_one_per_net on internet_service (net_id);

-- Addresses of the Region's pool that are somebody's (X2). A machine's own one is there while the machine runs; an address
-- that is nobody's is in no row. Each stands for one private address, once it is linked.
create table public_ip (
    id text primary key,
    region_name text not null,
    account_id text not null,
    address text not null,
    of_machine bigint not null,
    link_id text,
    link_net_id text,
    link_nic_id text,
    link_address text,
    created_at bigint not null,
    constraint public_ip_link_whole check (
        (link_id is null) = (link_net_id is null)
        and (link_id is null) = (link_nic_id is null)
        and (link_id is null) = (link_address is null)
    ),
    constraint public_ip_of_machine_stands_for_it check (of_machine = 0 or link_id is not null),
    constraint public_ip_has_region foreign key (region_name) references region (name),
    constraint public_ip_has_account foreign key (account_id) references account (id),
    constraint public_ip_link_has_nic foreign key (link_nic_id) references nic (id)
);

create unique index public_ip_address_once_per_region on public_ip (region_name, address);

create unique index public_ip_link_one_public_ip on public_ip (link_id);

create unique index public_ip_one_per_private_address on public_ip (link_net_id, link_address);

create index public_ip_by_account on public_ip (account_id, created_at, id);

create index public_ip_by_nic on public_ip (link_nic_id, created_at, id) where link_nic_id is not null;

-- The last recorded transition of a peering, with the facts that this state has and no others (rules L). Its Nets and
-- accounts are those of the time of the request and may be gone (L7), so they are no references. The two Nets stand a
-- second time as low_net_id and high_net_id, in alphabetical order: that makes a pair the same pair whichever way round.
-- What each side's owner lets the other one resolve is recorded for clients, without effect on packets.
create table net_peering (
    id text primary key,
    region_name text not null,
    source_net_id text not null,
    source_ip_range text not null,
    source_account_id text not null,
    accepter_net_id text not null,
    accepter_ip_range text not null,
    accepter_account_id text not null,
    low_net_id text not null,
    high_net_id text not null,
    created_at bigint not null,
    accepted_at bigint,
    state text not null,
    expires_at bigint,
    since bigint,
    by_account_id text,
    reason text,
    source_dns_resolution bigint not null default 0,
    accepter_dns_resolution bigint not null default 0,
    message text,
    constraint net_peering_has_region foreign key (region_name) references region (name),
    constraint net_peering_state_known check (
        state in ('pending-acceptance', 'active', 'rejected', 'failed', 'expired', 'deleted')
    ),
    constraint net_peering_pair_in_order check (
        low_net_id < high_net_id
        and (low_net_id = source_net_id and high_net_id = accepter_net_id
            or low_net_id = accepter_net_id and high_net_id = source_net_id)
    ),
    constraint net_peering_pending_has_expiry check ((state = 'pending-acceptance') = (expires_at is not null)),
    constraint net_peering_answered_has_since check ((state = 'pending-acceptance') = (since is null)),
    constraint net_peering_active_was_accepted check (state <> 'active' or accepted_at is not null),
    constraint net_peering_failed_has_reason check ((state = 'failed') = (reason is not null)),
    constraint net_peering_deleted_has_actor check (state <> 'deleted' or by_account_id is not null),
    constraint net_peering_actor_ended_it check (by_account_id is null or state in ('rejected', 'deleted'))
);

-- P3: whichever way round, whatever is attempted concurrently.
create unique index net_peering_one_active_per_pair on net_peering (low_net_id, high_net_id) where state = 'active';

-- P9: asking again answers the request that there is.
create unique index net_peering_one_pending_per_direction on net_peering (source_net_id, accepter_net_id)
    where state = 'pending-acceptance';

-- Every way in leads to one state in the order of answers, so that a page costs what it shows and a count reads no row.
create index net_peering_by_source_account on net_peering (source_account_id, state, created_at, id);

create index net_peering_by_accepter_account on net_peering (accepter_account_id, state, created_at, id);

create index net_peering_by_source_net on net_peering (source_net_id, state, created_at, id);

create index net_peering_by_accepter_net on net_peering (accepter_net_id, state, created_at, id);

create index net_peering_by_expiry on net_peering (expires_at, id) where state = 'pending-acceptance';

create index net_peering_by_death on net_peering (since, id)
    where state in ('rejected', 'failed', 'expired', 'deleted');

-- Tags belong to whoever set them: on a peering, each owner has its own.
create table tag (
    resource_id text not null,
    account_id text not null,
    tag_key text not null,
    tag_value text not null,
    region_name text not null,
    primary key (resource_id, account_id, tag_key),
    constraint tag_has_account foreign key (account_id) references account (id)
);

create index tag_by_account on tag (account_id, region_name, resource_id, tag_key);

-- The event log (L9). accounts and nets are ids with a space between them. session is empty, or says in which role session the
-- actor acted: the account that assumed the role, the role's name, the session's, with a space between them.
create table event (
    region_name text not null,
    sequence bigint not null,
    happened_at bigint not null,
    actor text not null,
    request_id text not null,
    event_type text not null,
    subject text not null,
    accounts text not null,
    nets text not null,
    detail text not null,
    session text not null default '',
    constraint event_one_per_number primary key (region_name, sequence),
    constraint event_has_region foreign key (region_name) references region (name)
);

-- Leads from a type, a subject, an account or a Net to its events, in their order. Written with every event, so it is kept
-- small: no foreign key, as an event that is no longer kept takes these rows with it.
create table event_about (
    region_name text not null,
    about text not null,
    sequence bigint not null,
    constraint event_about_once primary key (region_name, about, sequence)
);

-- Which of the servers that share this database does a piece of work that only one may do at a time, and until when.
create table lease (
    name text primary key,
    holder text not null,
    expires_at bigint not null
);
