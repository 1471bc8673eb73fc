/** What the command line does on this machine with the networks of servers, driver by driver. */
@NullMarked
package dev.linkspan.cli.network;

import org.jspecify.annotations.NullMarked;
