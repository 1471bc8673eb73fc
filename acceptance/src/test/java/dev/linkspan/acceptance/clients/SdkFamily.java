package dev.linkspan.acceptance.clients;

/** The actions on one kind of resource, run as a part of {@link JavaSdkTest} on its server, by two accounts. */
abstract class SdkFamily {

    static Sdk alice;
    static Sdk bob;
}
