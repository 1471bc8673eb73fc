/**
 * The wire: requests and answers without any HTTP library's types, and who dispatches them. Each API has a package of its
 * own below; {@code json} binds records strictly for those that speak it.
 */
@NullMarked
package dev.linkspan.server.api;

import org.jspecify.annotations.NullMarked;
