/**
 * The OUTSCALE API. What is the same for every call is written once: {@link OapiEndpoint} authenticates, binds the
 * arguments, and runs or rehearses (DryRun); {@link ResponseContext} ends every answer; {@link OapiErrors} words refusals;
 * {@link OapiListing} shows what a listing finds. A family of calls is one small class whose {@code operations()} lists
 * them, in the folder of its resource below {@code api/resource}; {@code NetPeeringCalls} is the pattern to follow.
 *
 * <p>How to add a call:
 *
 * <ol>
 *   <li><b>Request</b>: a record named like the API's schema, whose components are the parameters in lower camel case
 *       ({@code netId} is {@code NetId}). {@link dev.linkspan.server.api.json.Required} marks what must be given and not
 *       be empty (7000). Optional ones are {@code Optional<...>}; an absent list is an empty list; nested objects are
 *       nested records. In those an empty text is none, unless {@link dev.linkspan.server.api.json.EmptyIsValue} says otherwise;
 *       of the request itself {@link dev.linkspan.server.api.json.EmptyIsAbsent} says so. Use domain types: {@code NetId} and every other id, {@code Cidr}, {@code Ipv4}, {@code
 *       MacAddress}, {@code AccountId}, {@code SubregionName}, {@code Instant} and the labelled enums read themselves
 *       and refuse what they are not, naming the parameter. Never declare {@code DryRun}.
 *   <li><b>Answer</b>: a record, fields likewise. An empty Optional is left out, an empty list is shown, ids, ranges,
 *       addresses and instants are written as the API has them. {@link dev.linkspan.server.api.call.Operation.Done} says nothing but
 *       {@code ResponseContext}.
 *   <li><b>Operation</b>: {@link dev.linkspan.server.api.call.Operation#change} hands over the unit of work and the caller; call the core
 *       operation and build the answer from what it returns, inside the unit. {@link dev.linkspan.server.api.call.Operation#read} hands over a
 *       snapshot. {@link OapiListing#operation} is a Read call with filters and pages and nothing else; one with further
 *       parameters declares its own record and calls {@link OapiListing#page} with a {@link ListRequest}. Handlers throw
 *       {@link dev.linkspan.core.refusal.Refusal} and nothing else on purpose.
 *   <li><b>Filters</b>: the {@link dev.linkspan.server.api.listing.Fields} of a resource name its filters in both APIs,
 *       and the values that they compare; {@code tags(...)} adds those over tags. Where a value depends on more than the
 *       resource itself, list a small record that holds it all.
 *   <li><b>Tags</b> in answers: {@link dev.linkspan.server.api.call.Call#tagsOf}.
 * </ol>
 */
@NullMarked
package dev.linkspan.server.api.oapi;

import org.jspecify.annotations.NullMarked;
