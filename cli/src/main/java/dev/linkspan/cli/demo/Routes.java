package dev.linkspan.cli.demo;

/** Routes of the story. */
final class Routes {

    private Routes() {}

    /** Leads this range from the site into a peering. */
    static void add(Scene scene, Site from, String range, String peering) {
        scene.call(
                from.owner(),
                "CreateRoute",
                "RouteTableId",
                from.routeTable(),
                "DestinationIpRange",
                range,
                "NetPeeringId",
                peering);
    }
}
