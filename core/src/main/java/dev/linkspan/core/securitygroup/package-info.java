/** Security groups and their rules (rules S). */
@NullMarked
package dev.linkspan.core.securitygroup;

import org.jspecify.annotations.NullMarked;
