/** A typed client of the OUTSCALE API, which is generated of its public description, and the story that it goes through. */
package dev.linkspan.outscale;
