/** Network insights: paths, which are questions, and analyses, which are what was found. */
@NullMarked
package dev.linkspan.server.api.resource.insights;

import org.jspecify.annotations.NullMarked;
