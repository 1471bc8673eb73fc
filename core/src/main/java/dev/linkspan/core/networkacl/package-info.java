/** Network ACLs: what may cross a Subnet's border (rules N). */
@NullMarked
package dev.linkspan.core.networkacl;

import org.jspecify.annotations.NullMarked;
