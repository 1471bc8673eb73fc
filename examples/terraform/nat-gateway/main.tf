# A VPC of two subnets: a public one, whose route leads to an internet gateway, with a NAT gateway in it; and a private one, whose
# servers reach outside by that, all as its one Elastic IP address, and are not reached from there.

variable "name" {
  description = "What everything is called."
  default     = "shop"
}

resource "aws_vpc" "this" {
  cidr_block = "10.0.0.0/16"

  tags = {
    Name = var.name
  }
}

resource "aws_internet_gateway" "this" {
  vpc_id = aws_vpc.this.id

  tags = {
    Name = var.name
  }
}

resource "aws_subnet" "public" {
  vpc_id     = aws_vpc.this.id
  cidr_block = "10.0.1.0/24"

  tags = {
    Name = "${var.name}-public"
  }
}

resource "aws_subnet" "private" {
  vpc_id     = aws_vpc.this.id
  cidr_block = "10.0.2.0/24"

  tags = {
    Name = "${var.name}-private"
  }
}

resource "aws_eip" "nat" {
  domain = "vpc"

  tags = {
    Name = "${var.name}-nat"
  }
}

resource "aws_nat_gateway" "this" {
  allocation_id = aws_eip.nat.id
  subnet_id     = aws_subnet.public.id

  tags = {
    Name = var.name
  }

  # A public address stands for nothing as long as its VPC has no gateway.
  depends_on = [aws_internet_gateway.this]
}

# One that needs no way out: what it sends on to other VPCs has its private address.
resource "aws_nat_gateway" "private" {
  connectivity_type = "private"
  subnet_id         = aws_subnet.private.id
  private_ip        = "10.0.2.99"

  tags = {
    Name = "${var.name}-private"
  }
}

resource "aws_route_table" "public" {
  vpc_id = aws_vpc.this.id

  route {
    cidr_block = "0.0.0.0/0"
    gateway_id = aws_internet_gateway.this.id
  }

  tags = {
    Name = "${var.name}-public"
  }
}

resource "aws_route_table_association" "public" {
  route_table_id = aws_route_table.public.id
  subnet_id      = aws_subnet.public.id
}

resource "aws_route_table" "private" {
  vpc_id = aws_vpc.this.id

  tags = {
    Name = "${var.name}-private"
  }
}

resource "aws_route" "out" {
  route_table_id         = aws_route_table.private.id
  destination_cidr_block = "0.0.0.0/0"
  nat_gateway_id         = aws_nat_gateway.this.id
}

resource "aws_route_table_association" "private" {
  route_table_id = aws_route_table.private.id
  subnet_id      = aws_subnet.private.id
}

data "aws_ami" "any" {
  most_recent = true
  owners      = ["Linkspan"]
}

resource "aws_instance" "worker" {
  ami           = data.aws_ami.any.id
  instance_type = "t2.small"
  subnet_id     = aws_subnet.private.id

  tags = {
    Name = "${var.name}-worker"
  }
}

# What the gateway is seen as outside.
output "seen_as" {
  value = aws_nat_gateway.this.public_ip
}

output "private_gateway" {
  value = aws_nat_gateway.private.id
}

output "worker" {
  value = aws_instance.worker.id
}
