package dev.linkspan.core.net;

/** What a call made of a VM's state. */
public record VmTransition(VmState before, Vm vm) {}
