/** Network insights: questions whether one end reaches another, kept with what was found each time they were asked. */
@NullMarked
package dev.linkspan.core.insights;

import org.jspecify.annotations.NullMarked;
