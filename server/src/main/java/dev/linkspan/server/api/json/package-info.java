/** JSON as both JSON APIs read and write it: records, bound strictly, with refusals that name the parameter. */
@NullMarked
package dev.linkspan.server.api.json;

import org.jspecify.annotations.NullMarked;
