# What cannot be peered: two VPCs whose ranges overlap. The request is answered, born failed, and the apply says why.

data "aws_ami" "any" {
  most_recent = true
  owners      = ["Linkspan"]
}

resource "aws_vpc" "this" {
  for_each   = { big = "10.0.0.0/16", small = "10.0.128.0/20" }
  cidr_block = each.value
}

resource "aws_subnet" "this" {
  for_each   = aws_vpc.this
  vpc_id     = each.value.id
  cidr_block = cidrsubnet(each.value.cidr_block, 8, 1)
}

resource "aws_instance" "this" {
  for_each      = aws_subnet.this
  ami           = data.aws_ami.any.id
  instance_type = "t2.small"
  subnet_id     = each.value.id
}

resource "aws_vpc_peering_connection" "this" {
  vpc_id      = aws_vpc.this["big"].id
  peer_vpc_id = aws_vpc.this["small"].id
  auto_accept = true
  depends_on  = [aws_instance.this]
}
