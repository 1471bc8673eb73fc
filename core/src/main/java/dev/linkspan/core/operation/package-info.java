/** What an account or the operator can ask for: each operation checks what it must, changes a unit of work and records it. */
@NullMarked
package dev.linkspan.core.operation;

import org.jspecify.annotations.NullMarked;
