/** Black-box tests against the built distribution. */
@NullMarked
package dev.linkspan.acceptance;

import org.jspecify.annotations.NullMarked;
