package dev.linkspan.core.refusal;

/** Why a call is refused. Each API maps every code to its own, in one exhaustive switch (E2). */
public enum RefusalCode {
    /** A required parameter is absent or empty. */
    MISSING_PARAMETER,
    /** A parameter or filter that the call does not have. */
    UNKNOWN_PARAMETER,
    /** Parameters that exclude each other, or need each other. */
    PARAMETER_COMBINATION,
    /** A parameter of the wrong type, such as a number where a list is expected. */
    WRONG_TYPE,
    /** The whole request cannot be read: not JSON, not UTF-8, nested too deep. */
    UNREADABLE_REQUEST,
    /** The request is larger than the server accepts. */
    REQUEST_TOO_LARGE,
    /** The client took longer to send the request than it may. */
    REQUEST_TIMEOUT,
    ID_WITH_WRONG_PREFIX,
    ID_MALFORMED,
    /** A CIDR, address, port range or word that cannot be read. */
    MALFORMED_VALUE,
    /** A readable value that is out of bounds or not possible here. */
    BAD_VALUE,
    /** A Net outside /16 to /28. */
    NET_SIZE,
    /** A Subnet smaller than /29, or not inside its Net. */
    SUBNET_RANGE,
    PAGE_SIZE,
    PAGE_TOKEN,
    /** A Net cannot peer with itself (P10). */
    SAME_NET,
    /** An id that names nothing the caller may see (A4); the subject tells the kind. */
    UNKNOWN_ID,
    UNKNOWN_ACCOUNT,
    UNKNOWN_ACCESS_KEY,
    UNKNOWN_SUBREGION,
    /** A name that none of the account's keypairs has. */
    UNKNOWN_KEYPAIR,
    /** The account has a keypair of that name. */
    KEYPAIR_EXISTS,
    /** What should be a public key is none, or one that cannot be used. */
    PUBLIC_KEY_FORMAT,
    /** A name that no security group has among those that count here. */
    UNKNOWN_GROUP_NAME,
    /** A Net without a VM cannot be peered (P6). */
    NET_WITHOUT_VM,
    /** The resource's state forbids the action (L1). */
    INVALID_STATE,
    /** The resource is protected against this action, until its owner takes the protection away. */
    PROTECTED,
    /** The resource belongs to another one, with which it comes, stays as it is, and goes: the message names that. */
    MANAGED,
    /** The account owns the other side only: the message says who may. */
    WRONG_PARTY,
    SUBNET_OVERLAP,
    SUBNET_IN_USE,
    SECURITY_GROUP_IN_USE,
    /** The address is another NIC's. */
    ADDRESS_IN_USE,
    /** The Subnet has fewer free addresses than are needed. */
    SUBNET_FULL,
    DEFAULT_SECURITY_GROUP,
    /** A rule that the group holds already. */
    RULE_EXISTS,
    /** The group holds no such rule. */
    UNKNOWN_RULE,
    /** A route table holds a route to that destination already (R5). */
    ROUTE_EXISTS,
    /** No route of the table has that destination. */
    UNKNOWN_ROUTE,
    /** A network ACL has an entry of that number and direction already (N2). */
    ACL_ENTRY_EXISTS,
    /** A network ACL has no entry of that number and direction. */
    UNKNOWN_ACL_ENTRY,
    /** What should be linked is linked to something else, or what it should be linked to has another already. */
    ALREADY_LINKED,
    /** A launch template of this name, or a version of this number, is not there. */
    UNKNOWN_LAUNCH_TEMPLATE,
    /** A launch template has the name that is wanted. */
    LAUNCH_TEMPLATE_EXISTS,
    /** A Net or Subnet is to be the default one where there is one. */
    DEFAULT_EXISTS,
    /** None is named, and there is no default Net or Subnet that could be meant. */
    NO_DEFAULT_NET,
    /** A Net has an internet service, and can have one (X1). */
    NET_HAS_INTERNET_SERVICE,
    /** An internet service is not at the Net that was named, or none is at the Net where one is needed. */
    NOT_LINKED,
    /** A VM is named where one of its NICs is meant, and it has several. */
    SEVERAL_NICS,
    /** None of the account's public IPs has that address. */
    UNKNOWN_PUBLIC_IP,
    /** The Region has fewer free public addresses than are needed. */
    NO_PUBLIC_ADDRESS,
    /** No host of the Subregion has room for another VM (H1). */
    INSUFFICIENT_CAPACITY,
    /** Something else is in the way: the message names it. */
    CONFLICT,
    NET_QUOTA,
    QUOTA,
    NOT_SIGNED,
    UNKNOWN_KEY,
    /** The role session that the key belongs to is over. */
    SESSION_EXPIRED,
    /** The account may not do this, or there is nothing to do it to: the message does not tell which. */
    NOT_AUTHORIZED,
    BAD_SIGNATURE_DATE,
    LOCKED_OUT,
    THROTTLED,
    UNKNOWN_CALL,
    /** A call that the API has, and this server does not. */
    UNSUPPORTED_CALL,
    /** The server cannot do this now: the message says what is wrong. */
    UNAVAILABLE
}
