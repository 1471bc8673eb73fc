/**
 * The part of AWS Systems Manager that clients of EC2 look images up with: its public parameters, in its own JSON protocol.
 */
@NullMarked
package dev.linkspan.server.api.ssm;

import org.jspecify.annotations.NullMarked;
