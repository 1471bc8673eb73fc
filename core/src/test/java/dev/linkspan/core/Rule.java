package dev.linkspan.core;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Names the rules (docs/rules.md) that a test proves, such as {@code @Rule("L4")} or {@code @Rule({"P3", "L10"})}. */
@Target({ElementType.METHOD, ElementType.TYPE})
@Retention(RetentionPolicy.RUNTIME)
public @interface Rule {
    String[] value();
}
