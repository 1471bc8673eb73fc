/** The demo: a story of two tenants, told by calls and judged by packets. */
@NullMarked
package dev.linkspan.cli.demo;

import org.jspecify.annotations.NullMarked;
