# A VPC with a way out: an internet gateway, a route to it, and two web servers that are reached from outside. One has an
# Elastic IP address, which stays whatever becomes of the server; the other one an address of its own, which it has while it runs.

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

resource "aws_route_table" "public" {
  vpc_id = aws_vpc.this.id

  tags = {
    Name = "${var.name}-public"
  }
}

resource "aws_route" "out" {
  route_table_id         = aws_route_table.public.id
  destination_cidr_block = "0.0.0.0/0"
  gateway_id             = aws_internet_gateway.this.id
}

resource "aws_route_table_association" "public" {
  route_table_id = aws_route_table.public.id
  subnet_id      = aws_subnet.public.id
}

resource "aws_security_group" "web" {
  name   = "web"
  vpc_id = aws_vpc.this.id

  ingress {
    protocol    = "tcp"
    from_port   = 80
    to_port     = 80
    cidr_blocks = ["0.0.0.0/0"]
  }

  egress {
    protocol    = "-1"
    from_port   = 0
    to_port     = 0
    cidr_blocks = ["0.0.0.0/0"]
  }
}

data "aws_ami" "any" {
  most_recent = true
  owners      = ["Linkspan"]
}

resource "aws_instance" "web" {
  ami                    = data.aws_ami.any.id
  instance_type          = "t2.small"
  subnet_id              = aws_subnet.public.id
  vpc_security_group_ids = [aws_security_group.web.id]

  tags = {
    Name = "${var.name}-web"
  }
}

resource "aws_eip" "web" {
  domain = "vpc"

  tags = {
    Name = "${var.name}-web"
  }
}

resource "aws_eip_association" "web" {
  allocation_id = aws_eip.web.id
  instance_id   = aws_instance.web.id

  # A public address stands for nothing as long as its VPC has no gateway.
  depends_on = [aws_internet_gateway.this]
}

resource "aws_instance" "spare" {
  ami                         = data.aws_ami.any.id
  instance_type               = "t2.small"
  subnet_id                   = aws_subnet.public.id
  vpc_security_group_ids      = [aws_security_group.web.id]
  associate_public_ip_address = true

  tags = {
    Name = "${var.name}-spare"
  }

  # A gateway cannot be detached while an instance has a public address.
  depends_on = [aws_internet_gateway.this]
}

output "web" {
  value = aws_eip.web.public_ip
}

output "spare" {
  value = aws_instance.spare.public_ip
}
