/** Keypairs: public keys that accounts keep under names and give to VMs. */
@NullMarked
package dev.linkspan.core.keypair;

import org.jspecify.annotations.NullMarked;
