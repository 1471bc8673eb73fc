# Two accounts, each with a VPC: Alice asks for the peering, Bob accepts, and each opens their own side.

variable "name" {
  description = "What the peering is called, on both sides."
  default     = "alice-and-bob"
}

variable "open_ports" {
  description = "The TCP ports of Bob's machine that Alice's may reach."
  type        = set(number)
  default     = [443]
}

data "aws_caller_identity" "bob" {
  provider = aws.bob
}

data "aws_ami" "any" {
  provider    = aws.alice
  most_recent = true
  owners      = ["Linkspan"]
}

# --- Alice -------------------------------------------------------------------------------------------------------------

resource "aws_vpc" "alice" {
  provider   = aws.alice
  cidr_block = "10.0.0.0/16"
}

resource "aws_subnet" "alice" {
  provider   = aws.alice
  vpc_id     = aws_vpc.alice.id
  cidr_block = "10.0.1.0/24"
}

resource "aws_instance" "alice" {
  provider      = aws.alice
  ami           = data.aws_ami.any.id
  instance_type = "t2.small"
  subnet_id     = aws_subnet.alice.id
}

resource "aws_vpc_peering_connection" "requester" {
  provider      = aws.alice
  vpc_id        = aws_vpc.alice.id
  peer_vpc_id   = aws_vpc.bob.id
  peer_owner_id = data.aws_caller_identity.bob.account_id

  tags = {
    Name = var.name
    Side = "requester"
  }

  # Each VPC needs an instance before it can be peered, unless the operator says otherwise.
  depends_on = [aws_instance.alice, aws_instance.bob]
}

resource "aws_vpc_peering_connection_options" "requester" {
  provider                  = aws.alice
  vpc_peering_connection_id = aws_vpc_peering_connection_accepter.accepter.id

  requester {
    allow_remote_vpc_dns_resolution = true
  }
}

resource "aws_route" "to_bob" {
  provider                  = aws.alice
  route_table_id            = aws_vpc.alice.main_route_table_id
  destination_cidr_block    = aws_vpc.bob.cidr_block
  vpc_peering_connection_id = aws_vpc_peering_connection.requester.id
}

# --- Bob ---------------------------------------------------------------------------------------------------------------

resource "aws_vpc" "bob" {
  provider   = aws.bob
  cidr_block = "10.1.0.0/16"
}

resource "aws_subnet" "bob" {
  provider   = aws.bob
  vpc_id     = aws_vpc.bob.id
  cidr_block = "10.1.1.0/24"
}

resource "aws_security_group" "bob" {
  provider    = aws.bob
  name        = "for-alice"
  description = "What Alice may reach"
  vpc_id      = aws_vpc.bob.id
}

resource "aws_vpc_security_group_ingress_rule" "ping" {
  provider          = aws.bob
  security_group_id = aws_security_group.bob.id
  description       = "Ping"
  ip_protocol       = "icmp"
  from_port         = -1
  to_port           = -1
  cidr_ipv4         = aws_vpc.alice.cidr_block
}

resource "aws_vpc_security_group_ingress_rule" "open" {
  provider          = aws.bob
  for_each          = { for port in var.open_ports : "tcp-${port}" => port }
  security_group_id = aws_security_group.bob.id
  description       = "For ${var.name}"
  ip_protocol       = "tcp"
  from_port         = each.value
  to_port           = each.value
  cidr_ipv4         = aws_vpc.alice.cidr_block

  tags = {
    Name = each.key
  }
}

resource "aws_vpc_security_group_egress_rule" "all" {
  provider          = aws.bob
  security_group_id = aws_security_group.bob.id
  ip_protocol       = "-1"
  cidr_ipv4         = "0.0.0.0/0"
}

resource "aws_instance" "bob" {
  provider               = aws.bob
  ami                    = data.aws_ami.any.id
  instance_type          = "t2.small"
  subnet_id              = aws_subnet.bob.id
  vpc_security_group_ids = [aws_security_group.bob.id]
}

resource "aws_vpc_peering_connection_accepter" "accepter" {
  provider                  = aws.bob
  vpc_peering_connection_id = aws_vpc_peering_connection.requester.id
  auto_accept               = true

  tags = {
    Name = var.name
    Side = "accepter"
  }
}

resource "aws_vpc_peering_connection_options" "accepter" {
  provider                  = aws.bob
  vpc_peering_connection_id = aws_vpc_peering_connection_accepter.accepter.id

  accepter {
    allow_remote_vpc_dns_resolution = true
  }
}

resource "aws_route_table" "bob" {
  provider = aws.bob
  vpc_id   = aws_vpc.bob.id
}

resource "aws_main_route_table_association" "bob" {
  provider       = aws.bob
  vpc_id         = aws_vpc.bob.id
  route_table_id = aws_route_table.bob.id
}

resource "aws_route" "to_alice" {
  provider                  = aws.bob
  route_table_id            = aws_route_table.bob.id
  destination_cidr_block    = aws_vpc.alice.cidr_block
  vpc_peering_connection_id = aws_vpc_peering_connection_accepter.accepter.id
}

output "peering" {
  value = aws_vpc_peering_connection_accepter.accepter.id
}

output "from" {
  value = aws_instance.alice.id
}

output "to" {
  value = aws_instance.bob.private_ip
}
