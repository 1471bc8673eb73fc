/**
 * AWS's clients send the requests of every service to the address that they are told: {@link AwsServices} finds out which
 * service one is for and gives it to that service's endpoint, or answers, as that service would, that it is not here.
 */
@NullMarked
package dev.linkspan.server.api.aws;

import org.jspecify.annotations.NullMarked;
