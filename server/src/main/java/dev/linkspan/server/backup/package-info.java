/**
 * The file that a backup is: gzip of JSON lines, the same whatever database it came from or goes to. A manifest, the two
 * key files of the data folder, then each table with its rows, and a trailer that counts the rows and has the SHA-256 of
 * everything before it.
 */
@NullMarked
package dev.linkspan.server.backup;

import org.jspecify.annotations.NullMarked;
