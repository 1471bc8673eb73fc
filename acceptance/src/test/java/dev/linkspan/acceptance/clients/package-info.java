/** EC2 clients as their users have them, unmodified, against a server: the AWS SDKs, the AWS CLI, Terraform. */
@NullMarked
package dev.linkspan.acceptance.clients;

import org.jspecify.annotations.NullMarked;
