/**
 * The EC2 Query API and the little of STS that its clients need, on the same core operations as the OUTSCALE API. What is
 * the same for every action is written once: {@link Ec2Endpoint} reads the form, authenticates, runs or rehearses (DryRun);
 * {@link Ec2Xml} words answers and {@link Ec2Errors} refusals; {@link Ec2Listing} shows what a listing
 * finds. A family of actions is one small class whose {@code operations()} lists them, in the folder of its resource below
 * {@code api/resource}; {@code VpcPeeringActions} is the pattern to follow.
 *
 * <p>Requests are records whose components are named as the parameters are on the wire, beginning in lower case: {@code
 * vpcId} is {@code VpcId}, and {@code List<NetId> vpcId} is {@code VpcId.1}, {@code VpcId.2}, ... Answers are records whose
 * components are the elements of the answer: {@code List<TagItem> tagSet} is {@code <tagSet><item>...}.
 *
 * <p>Ids are those of the OUTSCALE API. What EC2 calls differently: a VPC is a Net, an instance a VM, a network interface a
 * NIC, the requester the owner of the source Net.
 */
@NullMarked
package dev.linkspan.server.api.ec2;

import org.jspecify.annotations.NullMarked;
