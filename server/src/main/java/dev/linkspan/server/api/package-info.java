/**
 * The wire: requests and answers without any HTTP library's types, and who dispatches them. Below are the two APIs ({@code
 * oapi}, {@code ec2}), neither of which knows the other; which service of AWS a request is for ({@code aws}); a folder for each kind of resource ({@code resource}), with what both
 * APIs share of it and the calls of each; and what all of that stands on: operations ({@code call}), listings ({@code
 * listing}), records bound strictly ({@code json}).
 */
@NullMarked
package dev.linkspan.server.api;

import org.jspecify.annotations.NullMarked;
