package dev.linkspan.server.api.ec2;

import dev.linkspan.server.api.json.Required;
import java.util.List;

/** A filter as clients give it: {@code Filter.1.Name}, {@code Filter.1.Value.1}, ... */
public record Filter(@Required String name, List<String> value) {}
