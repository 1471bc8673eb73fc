/** What tests that make random choices share: their scripts as text, shrinking, tables of what was met, mutations. */
package dev.linkspan.server.random;
