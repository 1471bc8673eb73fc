package dev.linkspan.core.port;

import dev.linkspan.core.id.RouteTableId;
import dev.linkspan.core.routing.RouteTable;

/** Reads and writes the route tables. */
public interface RouteTableRepository extends RouteTableReader {

    void save(RouteTable table);

    void delete(RouteTableId id);
}
