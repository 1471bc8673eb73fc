/** The demo: a story of two tenants, told by calls and judged by packets, on this computer or across hosts that OVN connects. */
@NullMarked
package dev.linkspan.cli.demo;

import org.jspecify.annotations.NullMarked;
