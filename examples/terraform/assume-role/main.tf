# Two accounts and one key: Alice's, who may take a role of Bob's account and so accept for Bob what she asks for.

variable "name" {
  description = "What the peering is called, on both sides."
  default     = "one-key"
}

data "aws_caller_identity" "bob" {
  provider = aws.bob
}

data "aws_ami" "any" {
  most_recent = true
  owners      = ["Linkspan"]
}

resource "aws_vpc" "alice" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_subnet" "alice" {
  vpc_id     = aws_vpc.alice.id
  cidr_block = "10.0.1.0/24"
}

resource "aws_instance" "alice" {
  ami           = data.aws_ami.any.id
  instance_type = "t2.small"
  subnet_id     = aws_subnet.alice.id
}

resource "aws_vpc" "bob" {
  provider   = aws.bob
  cidr_block = "10.1.0.0/16"
}

resource "aws_subnet" "bob" {
  provider   = aws.bob
  vpc_id     = aws_vpc.bob.id
  cidr_block = "10.1.1.0/24"
}

# The VPC's default group, with a rule for the peer beside the usual ones.
resource "aws_default_security_group" "bob" {
  provider = aws.bob
  vpc_id   = aws_vpc.bob.id

  ingress {
    protocol    = "icmp"
    from_port   = -1
    to_port     = -1
    cidr_blocks = [aws_vpc.alice.cidr_block]
  }

  egress {
    protocol    = "-1"
    from_port   = 0
    to_port     = 0
    cidr_blocks = ["0.0.0.0/0"]
  }
}

resource "aws_instance" "bob" {
  provider      = aws.bob
  ami           = data.aws_ami.any.id
  instance_type = "t2.small"
  subnet_id     = aws_subnet.bob.id
}

resource "aws_vpc_peering_connection" "requester" {
  vpc_id        = aws_vpc.alice.id
  peer_vpc_id   = aws_vpc.bob.id
  peer_owner_id = data.aws_caller_identity.bob.account_id

  tags = {
    Name = var.name
  }

  # Each VPC needs an instance before it can be peered, unless the operator says otherwise.
  depends_on = [aws_instance.alice, aws_instance.bob]
}

resource "aws_vpc_peering_connection_accepter" "accepter" {
  provider                  = aws.bob
  vpc_peering_connection_id = aws_vpc_peering_connection.requester.id
  auto_accept               = true

  tags = {
    Name = var.name
  }
}

resource "aws_route" "to_bob" {
  route_table_id            = aws_vpc.alice.main_route_table_id
  destination_cidr_block    = aws_vpc.bob.cidr_block
  vpc_peering_connection_id = aws_vpc_peering_connection.requester.id
}

resource "aws_route" "to_alice" {
  provider                  = aws.bob
  route_table_id            = aws_vpc.bob.main_route_table_id
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
